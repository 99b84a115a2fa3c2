package project

import (
	"context"
	"database/sql"
	"slices"

	"nabar/internal/i18n"
	"nabar/model/plan"
)

// Plan reads the plan's entries: kind by kind, each in the user's order.
func (p *Project) Plan(ctx context.Context) (book plan.Book, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		book, err = readPlan(ctx, db)
		return err
	})
	return book, err
}

// Plan reads the plan's entries, with the changes of this edit.
func (tx *Tx) Plan() (plan.Book, error) { return readPlan(tx.ctx, tx.conn) }

// AddEntry keeps a new entry after the others of its kind and gives it its id. One that can't stand among the others gives
// a *i18n.Problem.
func (tx *Tx) AddEntry(item plan.Item) error {
	item.SetNumber(0)
	content, err := tx.soundEntry(item)
	if err != nil {
		return err
	}
	kind := string(item.Kind())
	if err := tx.exec(`INSERT INTO nabar_plan_entry(kind,position,content)
  SELECT ?,coalesce(max(position)+1,0),? FROM nabar_plan_entry WHERE kind=?`, kind, content, kind); err != nil {
		return err
	}
	var id int64
	if err := tx.conn.QueryRowContext(tx.ctx, `SELECT max(id) FROM nabar_plan_entry`).Scan(&id); err != nil {
		return err
	}
	item.SetNumber(id)
	return nil
}

// UpdateEntry changes what the entry with the item's id holds.
func (tx *Tx) UpdateEntry(item plan.Item) error {
	content, err := tx.soundEntry(item)
	if err != nil {
		return err
	}
	if _, err := tx.entry(item.Number(), item.Kind()); err != nil {
		return err
	}
	return tx.exec(`UPDATE nabar_plan_entry SET content=? WHERE id=? AND content<>?`, content, item.Number(), content)
}

// RemoveEntry takes an entry out of the plan. One that others point at stays, with a *i18n.Problem.
func (tx *Tx) RemoveEntry(id int64) error {
	book, err := tx.Plan()
	if err != nil {
		return err
	}
	item := book.Find(id)
	if item == nil {
		return i18n.Errorf("action.gone")
	}
	if users := book.Users(id); len(users) > 0 {
		return i18n.Errorf("action.in_use", book.Name(item), book.Name(users[0]))
	}
	return tx.exec(`DELETE FROM nabar_plan_entry WHERE id=?`, id)
}

// MoveEntry gives an entry another place among those of its kind, 0 being the first. Places beyond the ends mean the ends.
func (tx *Tx) MoveEntry(id int64, to int) error {
	book, err := tx.Plan()
	if err != nil {
		return err
	}
	item := book.Find(id)
	if item == nil {
		return i18n.Errorf("action.gone")
	}
	order := slices.DeleteFunc(book.Kind(item.Kind()), func(o plan.Item) bool { return o.Number() == id })
	order = slices.Insert(order, min(max(to, 0), len(order)), item)
	for i, o := range order {
		if err := tx.exec(`UPDATE nabar_plan_entry SET position=? WHERE id=? AND position<>?`, i, o.Number(), i); err != nil {
			return err
		}
	}
	return nil
}

// soundEntry writes an entry that can stand among the others.
func (tx *Tx) soundEntry(item plan.Item) (string, error) {
	book, err := tx.Plan()
	if err != nil {
		return "", err
	}
	if err := book.Sound(item); err != nil {
		return "", err
	}
	content, err := plan.Encode(item)
	return string(content), err
}

// entry finds an entry by its id and kind.
func (tx *Tx) entry(id int64, kind plan.Kind) (plan.Item, error) {
	book, err := tx.Plan()
	if err != nil {
		return nil, err
	}
	if item := book.Find(id); item != nil && item.Kind() == kind {
		return item, nil
	}
	return nil, i18n.Errorf("action.gone")
}

// readPlan reads all entries, kind by kind.
func readPlan(ctx context.Context, q querier) (plan.Book, error) {
	all, err := collect(ctx, q, func(rows *sql.Rows) (plan.Item, error) {
		var id int64
		var kind plan.Kind
		var content string
		if err := rows.Scan(&id, &kind, &content); err != nil {
			return nil, err
		}
		item, err := plan.Decode(kind, []byte(content))
		if err != nil {
			return nil, &i18n.Problem{Message: i18n.M("action.unreadable", i18n.Plain(string(kind)), id), Cause: err}
		}
		item.SetNumber(id)
		return item, nil
	}, `SELECT id,kind,content FROM nabar_plan_entry ORDER BY position,id`)
	if err != nil {
		return nil, err
	}
	var book plan.Book
	for _, k := range plan.Kinds() {
		book = append(book, plan.Book(all).Kind(k)...)
	}
	return book, nil
}
