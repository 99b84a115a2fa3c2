package session

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/project"
	"nabar/reports"
)

// LivingStatus is how something living in a document stands to the project's figures.
type LivingStatus string

// The states of living things.
const (
	LivingFresh   LivingStatus = "fresh"   // it shows what the figures say
	LivingStale   LivingStatus = "stale"   // the figures say something else by now
	LivingNew     LivingStatus = "new"     // it has not been shown yet
	LivingEmpty   LivingStatus = "empty"   // there is nothing to show
	LivingUnknown LivingStatus = "unknown" // its name means nothing
)

// LivingState is one living thing of a document with what it showed last and what it would show now.
type LivingState struct {
	Chapter, Block int64
	Index          int // among the living things of its block, from 0
	Title          string
	Name           string
	Status         LivingStatus
	Edited         bool              // a sentence in the user's own words: they stay, and Now stands beside them
	Was, Now       *manuscript.Shown // nil where it shows or has shown nothing
}

// LivingStates tells of everything living in a document how it stands to the project's figures, in reading order. Figures that
// are missing or stale are computed first.
func (s *Session) LivingStates(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) ([]LivingState, error) {
	in, err := s.textInput(ctx, m, progress)
	if err != nil {
		return nil, err
	}
	return s.livingStates(ctx, m, in)
}

// livingStates tells how everything living stands to an input.
func (s *Session) livingStates(ctx context.Context, m *manuscript.Manuscript, in reports.Input) ([]LivingState, error) {
	names, err := s.Names(ctx, m.Lang)
	if err != nil {
		return nil, err
	}
	var all []*manuscript.Living
	m.EachLiving(func(_ *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) { all = append(all, l) })
	now := s.shownNow(in, all)
	var out []LivingState
	m.EachLiving(func(c *manuscript.Chapter, b *manuscript.Block, l *manuscript.Living) {
		st := LivingState{Chapter: c.ID, Block: b.ID, Title: c.Title, Name: names.Name(l), Edited: b.Edited(), Was: l.Shown, Now: now[len(out)]}
		if n := len(out); n > 0 && out[n-1].Block == b.ID {
			st.Index = out[n-1].Index + 1
		}
		st.Status = statusOf(l, st.Now)
		out = append(out, st)
	})
	return out, nil
}

// statusOf compares what something living showed last with what it would show now.
func statusOf(l *manuscript.Living, now *manuscript.Shown) LivingStatus {
	switch {
	case !l.Known():
		return LivingUnknown
	case now == nil && l.Shown == nil && l.MayBeSilent():
		return LivingFresh
	case now == nil && l.Shown == nil:
		return LivingEmpty
	case l.Shown == nil:
		return LivingNew
	case now == nil || !sameShown(l.Shown, now):
		return LivingStale
	}
	return LivingFresh
}

// sameShown tells whether two have the same words and numbers, whatever they were made from.
func sameShown(a, b *manuscript.Shown) bool {
	x, _ := json.Marshal(a.Parts)
	y, _ := json.Marshal(b.Parts)
	return a.Text == b.Text && string(x) == string(y)
}

// LivingChoice is something living that is to show what the figures say now.
type LivingChoice struct {
	Block int64
	Index int
	Draft bool // of a sentence in the user's own words: the new draft takes their place; else they stay as seen
}

// UpdateLiving lets living things of a document show what the figures say now, as one step: those chosen, or with nil all that
// are stale but for sentences in the user's own words. It tells how many were updated.
func (s *Session) UpdateLiving(ctx context.Context, m *manuscript.Manuscript, chosen []LivingChoice, progress model.Progress) (int, error) {
	states, err := s.LivingStates(ctx, m, progress)
	if err != nil {
		return 0, err
	}
	if chosen == nil {
		for _, st := range states {
			if st.Status == LivingNew || st.Status == LivingStale && !st.Edited {
				chosen = append(chosen, LivingChoice{Block: st.Block, Index: st.Index})
			}
		}
	}
	changed := map[int64]*manuscript.Block{}
	done := 0
	for _, ch := range chosen {
		for _, st := range states {
			if st.Block == ch.Block && st.Index == ch.Index {
				b := changed[ch.Block]
				if b == nil {
					fresh := m.Block(ch.Block).Copy()
					b = &fresh
				}
				changed[ch.Block] = b
				renew(b, ch, st.Now)
				done++
			}
		}
	}
	if done == 0 {
		return 0, nil
	}
	return done, s.editText(ctx, i18n.M("text.step_update", m.Title, done), func(tx *project.Tx) error {
		for _, id := range sortedIDs(changed) {
			if err := tx.UpdateBlock(changed[id]); err != nil {
				return err
			}
		}
		return nil
	})
}

// renew lets something living in a block show what it would show now.
func renew(b *manuscript.Block, ch LivingChoice, now *manuscript.Shown) {
	i := 0
	b.EachLiving(func(l *manuscript.Living) {
		if i == ch.Index {
			l.Shown = now
		}
		i++
	})
	if ch.Draft && b.Edited() {
		b.Runs = nil
	}
}

// noteShown keeps what living things show that have not been shown before. It is no step of the user's, and nothing where the
// project can't be written.
func (s *Session) noteShown(ctx context.Context, m *manuscript.Manuscript, in reports.Input) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	if _, readOnly := p.ReadOnly(); readOnly || m.ID == 0 {
		return nil
	}
	states, err := s.livingStates(ctx, m, in)
	if err != nil {
		return err
	}
	fresh := map[int64]*manuscript.Block{}
	for _, st := range states {
		if st.Status != LivingNew {
			continue
		}
		if fresh[st.Block] == nil {
			b := m.Block(st.Block).Copy()
			fresh[st.Block] = &b
		}
		renew(fresh[st.Block], LivingChoice{Index: st.Index}, st.Now)
	}
	if len(fresh) == 0 {
		return nil
	}
	var before, after []manuscript.Block
	for _, id := range sortedIDs(fresh) {
		before, after = append(before, *m.Block(id)), append(after, *fresh[id])
	}
	return p.NoteShown(ctx, before, after)
}

// sortedIDs are the ids of blocks in order.
func sortedIDs(blocks map[int64]*manuscript.Block) []int64 {
	return slices.Sorted(maps.Keys(blocks))
}
