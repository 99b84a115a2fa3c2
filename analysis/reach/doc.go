// Package reach tells from where a service is reached within a limit: the stretches of road, and areas around them.
//
// Parts are the stretches, to the centimetre: travel is from home to the service, so a point of a road belongs to them if
// one may drive from it to a facility at a cost within the limit. Areas are drawn around them: every stretch that is
// reached lies inside, none that is not does, but where roads of both kinds cross or run into each other without a
// junction; such spots are listed.
//
// Invariants: a larger limit has all that a smaller has; the areas of places that are split at the nearest don't overlap and share their
// borders; rings are closed, shells run counter-clockwise and holes clockwise, and none crosses itself or another; the
// same roads, sources and limits give the same areas, whatever the number of processors.
package reach
