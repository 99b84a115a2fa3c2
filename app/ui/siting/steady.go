package siting

import (
	"math"
	"strconv"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// try has the chosen choice tried under other circumstances.
func (d *Dialog) try() {
	if d.answer == nil {
		return
	}
	d.halt()
	turn, chosen := d.turn, d.chosen
	d.bar.Set(-1)
	d.cancel = d.Try(&d.answer.Choices[chosen], func(share float64) {
		if turn == d.turn {
			d.bar.Set(share)
		}
	}, func(s *session.LocateSteady) {
		if turn != d.turn {
			return
		}
		d.cancel = nil
		d.bar.Set(0)
		if s != nil {
			d.tried[chosen] = s
		}
		d.show()
	})
	d.show()
}

// bandsOf are what the figures of a choice are in the trials, in the order of figuresOf.
func bandsOf(p *i18n.Printer, r *session.LocateResult, s *session.LocateSteady) (out []string) {
	bands := [][2]string{
		{p.Value(cost(r.Impedance, s.MeanMin)), p.Value(cost(r.Impedance, s.MeanMax))},
		{p.Value(cost(r.Impedance, s.FarthestMin)), p.Value(cost(r.Impedance, s.FarthestMax))},
	}
	if r.Within > 0 {
		bands = append(bands, [2]string{p.Int(int64(s.CoveredMin)), p.Int(int64(s.CoveredMax))})
	}
	for _, band := range bands {
		out = append(out, p.T("more.ui.band", band[0], band[1]))
	}
	return out
}

// steadySites adds to the table of sites how often each is among the best, and the band of who has it nearest.
func steadySites(p *i18n.Printer, t model.Table, s *session.LocateSteady) model.Table {
	t.Columns = append(t.Columns, model.TableColumn{Head: p.T("more.ui.site_same")}, model.TableColumn{Head: p.T("more.ui.site_band")})
	for k := range t.Rows {
		same, band := "", ""
		if k < len(s.Sites) { // new places come first
			site := s.Sites[k]
			same = p.T("more.ui.of", site.Same, site.Tried)
			band = p.T("more.ui.span", site.PeopleMin, site.PeopleMax)
		}
		t.Rows[k].Cells = append(t.Rows[k].Cells, model.Words(same), model.Words(band))
	}
	return t
}

// trialTable lists what each trial says.
func trialTable(p *i18n.Printer, s *session.LocateSteady) model.Table {
	t := model.Table{Name: p.T("more.ui.trials"), Columns: []model.TableColumn{
		{Head: p.T("more.ui.trial")},
		{Head: p.T("more.ui.trial_same")},
		{Head: p.T("more.ui.trial_loss"), Unit: "%", Number: true, Decimals: 1},
	}}
	for i := range s.Trials {
		trial := &s.Trials[i]
		same := "–"
		if trial.Best != nil {
			same = p.T("more.ui.of", trial.Same, len(s.Sites))
		}
		loss := math.NaN()
		if !math.IsNaN(trial.Loss) {
			loss = 100 * trial.Loss
		}
		t.Rows = append(t.Rows, model.TableRow{ID: strconv.Itoa(i), Cells: []model.TableCell{
			model.Words(p.Text(trial.Varied)), model.Words(same), model.Amount(loss),
		}})
	}
	return t
}
