// Package entries is what the window shows of the action plan, the ledger of support, the register and the bank of
// solutions: lists with all that the chosen entry says beside them, and the form that asks for an entry. Both are made
// from the fields that model/plan describes.
package entries
