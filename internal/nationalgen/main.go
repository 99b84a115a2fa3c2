// Command nationalgen makes the files of the national run (scripts/bench-national): a road network of Sweden's size over
// inhabited squares, service places near people, and squares where no real ones are named. It is no part of the program.
//
// Invariant: the same squares and the same size give the same roads and places. None of them is real.
package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/roadgen"
	"nabar/model"
	"nabar/model/project"
)

// seed is the same for all files.
const seed = 1

// services are the service types with about as many places as Sweden has.
var services = []struct {
	kind  string
	count int
}{{"Dagligvaror", 3000}, {"Drivmedel", 2500}, {"Post", 1900}, {"Apotek", 1400}, {"Kontantuttag", 1300}}

func main() {
	log.SetFlags(0)
	squares := flag.String("squares", "", "CSV file of Statistics Sweden's squares; invented where none is named")
	nodes := flag.Int("nodes", roadgen.SwedenNodes, "nodes of the network")
	out := flag.String("out", "", "folder for the files")
	flag.Parse()
	if err := run(*squares, *nodes, *out); err != nil {
		log.Fatal(err)
	}
}

// run makes the files.
func run(squaresFile string, nodes int, out string) error {
	if out == "" {
		return errors.New("nationalgen: --out is missing")
	}
	var squares []roadgen.Square
	var err error
	if squaresFile == "" {
		squares = roadgen.Squares(seed, max(nodes*103_464/roadgen.SwedenNodes, 10))
		err = write(filepath.Join(out, "rutor.csv"), func(w io.Writer) error { return writeSquares(w, squares) })
	} else {
		squares, err = readSquares(squaresFile)
	}
	if err != nil {
		return err
	}
	share := float64(nodes) / roadgen.SwedenNodes
	if err := write(filepath.Join(out, "tjanster.csv"), func(w io.Writer) error { return writeServices(w, squares, share) }); err != nil {
		return err
	}
	return writeRoads(filepath.Join(out, "vagar.gpkg"), roadgen.Settled(seed, nodes, squares))
}

// readSquares reads the id and the people of each square.
func readSquares(path string) ([]roadgen.Square, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	var out []roadgen.Square
	for i, row := range rows[min(1, len(rows)):] {
		id, wrong := strconv.ParseInt(row[0], 10, 64)
		people, bad := strconv.Atoi(row[1])
		if err := errors.Join(wrong, bad); err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", path, i+2, err)
		}
		out = append(out, roadgen.Square{Corner: orb.Point{float64(id / 1e7), float64(id % 1e7)}, People: people})
	}
	return out, nil
}

// write makes a file.
func write(path string, fill func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	return errors.Join(fill(w), w.Flush(), file.Close())
}

// writeSquares writes squares as Statistics Sweden does.
func writeSquares(w io.Writer, squares []roadgen.Square) error {
	_, err := fmt.Fprintln(w, "rutid_scb;beftotalt")
	for _, s := range squares {
		if _, err := fmt.Fprintf(w, "%06.0f%07.0f;%d\n", s.Corner[0], s.Corner[1], s.People); err != nil {
			return err
		}
	}
	return err
}

// writeServices writes service places in the columns of a Pipos export. Every second one of the other types stands where a
// grocery shop does, as many do.
func writeServices(w io.Writer, squares []roadgen.Square, share float64) error {
	fmt.Fprintln(w, "Servicetyp;Serviceform;Serviceplatsid;Namn;X;Y") // an error shows at the next line
	var shops []orb.Point
	for i, s := range services {
		count := max(int(share*float64(s.count)), 1)
		spots := roadgen.Spots(seed+uint64(i), squares, count)
		if i == 0 {
			shops = spots
		}
		for k, at := range spots {
			if i > 0 && k%2 == 0 {
				at = shops[k%len(shops)]
			}
			id := fmt.Sprintf("%c%04d", s.kind[0], k+1)
			if _, err := fmt.Fprintf(w, "%s;%s;%s;%s %d;%.2f;%.2f\n", s.kind, s.kind, id, s.kind, k+1, at[0], at[1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeRoads writes a GeoPackage with the columns of the national road database.
func writeRoads(path string, roads *model.RoadSet) error {
	ctx := context.Background()
	p, err := project.Create(ctx, path, model.Kommun{Code: "0000", Name: "Påhittat", Fictional: true})
	if err != nil {
		return err
	}
	layer := model.Layer{
		Name: "vagar", Role: model.RoleRoads, Geometry: model.LineStringType, Visible: true, Opacity: 1,
		Fields: []model.Field{
			{Name: "extlen", Type: model.Real},
			{Name: "f_hogst_225", Type: model.Integer},
			{Name: "b_hogst_225", Type: model.Integer},
			{Name: "klass_181", Type: model.Integer},
			{Name: "F_ForbjudenFardriktning", Type: model.Integer},
			{Name: "B_ForbjudenFardriktning", Type: model.Integer},
		},
	}
	err = p.Edit(ctx, i18n.M("session.step_import", layer.Name), func(tx *project.Tx) error {
		_, err := tx.AddLayer(layer, func(yield func(model.Feature) error) error {
			for i := range roads.Len() {
				if err := yield(road(roads, i)); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	})
	return errors.Join(err, p.Close())
}

// road is one road as a row.
func road(roads *model.RoadSet, i int) model.Feature {
	xy := roads.Vertices(i)
	line := make(orb.LineString, len(xy)/2)
	for k := range line {
		line[k] = orb.Point{xy[2*k], xy[2*k+1]}
	}
	flag := func(f model.RoadFlags) int64 {
		if roads.Flags[i]&f != 0 {
			return 1
		}
		return 0
	}
	return model.Feature{ID: roads.FID[i], Geometry: line, Values: []any{
		roads.Length[i], int64(roads.SpeedF[i]), int64(roads.SpeedB[i]), int64(roads.Class[i]),
		flag(model.ForbiddenForward), flag(model.ForbiddenBackward),
	}}
}
