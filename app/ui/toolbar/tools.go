package toolbar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// icon is the picture of a tool.
func icon(id string) fyne.Resource {
	switch id {
	case "trial":
		return theme.ViewRefreshIcon()
	case "select":
		return theme.CheckButtonCheckedIcon()
	case "measure":
		return look.Icon("measure")
	case "draw":
		return theme.DocumentCreateIcon()
	case "area":
		return theme.RadioButtonIcon()
	}
	return look.Icon("identify")
}

// showTool shows which tool is chosen; one other than the usual is seen at a glance.
func (b *Bar) showTool() {
	s := &b.state
	enable(b.tool, len(s.Tools) > 0)
	wanted := widget.LowImportance
	if len(s.Tools) > 0 && s.Tool != s.Tools[0].ID && s.Tool != "trial" {
		wanted = widget.HighImportance
	}
	if picture := icon(s.Tool); b.tool.Importance != wanted || b.tool.Icon.Name() != picture.Name() {
		b.tool.Importance, b.tool.Icon = wanted, picture
		b.tool.Refresh()
	}
}

// offerTools opens the list of tools under its button.
func (b *Bar) offerTools() {
	c := fyne.CurrentApp().Driver().CanvasForObject(b.tool)
	if c == nil {
		return
	}
	widget.ShowPopUpMenuAtRelativePosition(b.ToolMenu(), c, fyne.NewPos(0, b.tool.Size().Height), b.tool)
}

// ToolMenu is the list of tools.
func (b *Bar) ToolMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, t := range b.state.Tools {
		item := fyne.NewMenuItemWithIcon(t.Name, icon(t.ID), func() { b.actions.Tool(t.ID) })
		item.Checked = t.ID == b.state.Tool
		menu.Items = append(menu.Items, item)
	}
	return menu
}
