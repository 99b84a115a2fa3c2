# Two commands do all: "make run" opens the program, "make test" runs the tests. Both install what they need.
#
# The build tags stay the same everywhere, so that a cached build is never made anew:
#   migrated_fynedo  the program reaches Fyne's thread through fyne.Do alone
#   x11              one window system, which Wayland desktops run too, with fewer packages to build against
#   headless         the command line alone, without cgo: all tests but those of the real window use it
WINDOW   := -tags "migrated_fynedo x11"
HEADLESS := -tags "migrated_fynedo headless"
GOBIN    := $(CURDIR)/build/tools
# -buildvcs=false: the same bytes whether or not git is at hand
export GOFLAGS := -buildvcs=false

.PHONY: run test test-unit test-race test-window bench oracle check headless window setup-window setup-test clean

# Opens the demo kommun; where there is no screen, does the main job without one.
run:
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@$(MAKE) --no-print-directory headless
	./build/nabar-headless demo --out out
else
	@$(MAKE) --no-print-directory window
	./build/nabar
endif

test: setup-test test-unit test-window

test-unit:
	CGO_ENABLED=0 go test $(HEADLESS) ./...

# The real window on a virtual screen.
test-window: window
	NABAR_WINDOW=$(CURDIR)/build/nabar CGO_ENABLED=0 go test $(HEADLESS) -count=1 -v -run 'TestRealWindow' ./internal/windowtest

# What works at several things at once, under the race detector; the figures themselves are tested without it.
RACE := Accelerat|AtOnce|Cancel|Job|Event|Machine|Workers|Exports|ReadOnly|Demo|Window|Scenarios
test-race:
	CGO_ENABLED=1 go test -race $(HEADLESS) -run '$(RACE)' ./app/session ./analysis/... ./mapview/... ./reports/... ./model/project

bench:
	CGO_ENABLED=0 go test $(HEADLESS) -run '^$$' -bench . -benchmem ./...

# The figures beside those of scipy, pgRouting and QGIS, square by square; skipped where packages or the files are missing.
oracle:
	@scripts/oracle

check:
	@mkdir -p $(GOBIN)
	@test -x $(GOBIN)/gofumpt || GOBIN=$(GOBIN) go install mvdan.cc/gofumpt@v0.12.0
	@test -x $(GOBIN)/staticcheck || GOBIN=$(GOBIN) go install honnef.co/go/tools/cmd/staticcheck@v0.8.2
	@unformatted=$$($(GOBIN)/gofumpt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not gofumpt: $$unformatted"; exit 1; }
	CGO_ENABLED=0 go vet $(HEADLESS) ./...
	CGO_ENABLED=0 $(GOBIN)/staticcheck $(HEADLESS) ./...

headless:
	@mkdir -p build
	CGO_ENABLED=0 go build -trimpath $(HEADLESS) -o build/nabar-headless .

window: setup-window
	@mkdir -p build
	CGO_ENABLED=1 go build -trimpath $(WINDOW) -o build/nabar .

setup-window:
	@scripts/setup window

setup-test:
	@scripts/setup test

clean:
	rm -rf build out
