package demo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// The five kinds of service in the words of a Pipos export.
const (
	groceries = "Dagligvaror"
	fuel      = "Drivmedel"
	parcels   = "Post"
	medicine  = "Apoteksvaror"
	payments  = "Betaltjänster"
)

// site is one address with its services. It lies in settlement number town, at a share of its radius from the centre;
// or at hamlet number hamlet (counted from 1); or on the island.
type site struct {
	town    int
	dx, dy  float64
	hamlet  int
	island  bool
	address string
	offers  []offer
}

// offer is one service at a site.
type offer struct {
	kind, form, chain, name string
	opened, closed          string // ISO dates
	hours                   string
	unstaffed, fullRange    bool
	support                 bool
}

// service is one row of the layer.
type service struct {
	offer
	id, address, postcode, town, kommun string
	at                                  orb.Point
}

// Opening hours that several places keep.
const (
	always   = "Dygnet runt"
	daily    = "Alla dagar 7–22"
	shop     = "Mån–fre 9–19, lör 9–16, sön 11–16"
	rural    = "Mån–fre 10–18, lör 10–14"
	short    = "Mån, ons, fre 12–17"
	pharmacy = "Mån–fre 9–18, lör 10–14"
	office   = "Mån–fre 9–17"
	evening  = "Alla dagar 6–23"
)

// sites is the invented trade of the kommun and its neighbours, with what has opened and closed since 2010. No company
// or shop in it exists.
var sites = []site{
	{town: 0, dx: 0.42, dy: -0.38, address: "Infartsvägen 2", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Fjällköp", name: "Fjällköp Stormarknad", opened: "2004-10-21", hours: daily, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Fjällköp Stormarknad", opened: "2009-03-02", hours: daily},
		{kind: payments, form: "Kontantuttag", chain: "Sedelvakten", name: "Sedelvakten Fjällköp", opened: "2012-05-14", hours: daily, unstaffed: true},
	}},
	{town: 0, dx: 0.02, dy: 0.05, address: "Storgatan 14", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Norrmat", name: "Norrmat Centrum", opened: "1987-09-01", hours: daily, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Brevlinjen", name: "Norrmat Centrum", opened: "2014-02-03", hours: daily},
		{kind: payments, form: "Betalningsförmedling", chain: "Kassalinjen", name: "Norrmat Centrum", opened: "2011-11-07", hours: daily},
	}},
	{town: 0, dx: -0.46, dy: 0.4, address: "Skogsvägen 31", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Sparboden", name: "Sparboden Skogsvägen", opened: "2013-04-18", hours: daily, fullRange: true},
	}},
	{town: 0, dx: 0.2, dy: 0.62, address: "Norra Sjögatan 5", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Nattboden", name: "Nattboden Sjögatan", opened: "2022-06-09", hours: always, unstaffed: true},
	}},
	{town: 0, dx: -0.07, dy: -0.04, address: "Torget 3", offers: []offer{
		{kind: medicine, form: "Apotek", chain: "Apotek Gransälj", name: "Apotek Gransälj Torget", opened: "2010-08-23", hours: pharmacy},
		{kind: payments, form: "Kontantuttag", chain: "Sedelvakten", name: "Sedelvakten Torget", opened: "1999-01-15", hours: always, unstaffed: true},
	}},
	{town: 0, dx: -0.2, dy: -0.27, address: "Vårdgränd 1", offers: []offer{
		{kind: medicine, form: "Apotek", chain: "Tallapoteket", name: "Tallapoteket Hälsocentralen", opened: "2011-05-02", hours: office},
	}},
	{town: 0, dx: -0.05, dy: -0.7, address: "Södra infarten 8", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Norrtank", name: "Norrtank Södra infarten", opened: "1994-06-01", hours: evening},
		{kind: parcels, form: "Paketautomat", chain: "Paketringen", name: "Norrtank Södra infarten", opened: "2021-09-20", hours: always, unstaffed: true},
	}},
	{town: 0, dx: 0.36, dy: -0.3, address: "Infartsvägen 4", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Myrbränsle", name: "Myrbränsle Infarten", opened: "2008-04-11", hours: always, unstaffed: true},
	}},
	{town: 0, dx: -0.55, dy: -0.1, address: "Verkstadsgatan 12", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Tankbron", name: "Tankbron Verkstadsgatan", opened: "2017-10-05", hours: always, unstaffed: true},
		{kind: parcels, form: "Företagscenter", chain: "Brevlinjen", name: "Brevlinjen Företagscenter", opened: "2001-02-01", hours: office},
	}},
	{town: 0, dx: 0.12, dy: -0.13, address: "Stationsgatan 2", offers: []offer{
		{kind: parcels, form: "Paketautomat", chain: "Skåplinjen", name: "Skåplinjen Resecentrum", opened: "2022-03-14", hours: always, unstaffed: true},
		{kind: payments, form: "Dagskasseinsättning", chain: "Sedelvakten", name: "Sedelvakten Dagskassa", opened: "2015-06-15", hours: always, unstaffed: true},
	}},
	{town: 0, dx: 0.25, dy: 0.4, address: "Sjögatan 22", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Norrmat", name: "Norrmat Kvarteret Sjöboden", opened: "1979-05-02", closed: "2016-01-31", hours: shop},
	}},
	{town: 0, dx: 0.05, dy: 0.75, address: "Norra infarten 1", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Norrtank", name: "Norrtank Norra infarten", opened: "1971-06-01", closed: "2014-09-30", hours: shop},
	}},
	{town: 0, dx: -0.02, dy: 0.1, address: "Storgatan 20", offers: []offer{
		{kind: payments, form: "Kontantuttag", chain: "Tjärnskoga Sparkassa", name: "Tjärnskoga Sparkassa", opened: "1968-01-02", closed: "2019-12-13", hours: office},
	}},
	{town: 1, dx: 0.1, dy: 0.08, address: "Byvägen 7", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Fjällköp", name: "Fjällköp Hökvattna", opened: "1991-03-11", hours: shop, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Brevlinjen", name: "Fjällköp Hökvattna", opened: "2008-10-01", hours: shop},
		{kind: payments, form: "Kontantuttag", chain: "Sedelvakten", name: "Sedelvakten Hökvattna", opened: "2012-05-14", hours: shop, unstaffed: true},
	}},
	{town: 1, dx: -0.2, dy: 0.15, address: "Skolvägen 2", offers: []offer{
		{kind: medicine, form: "Apotek", chain: "Apotek Gransälj", name: "Apotek Gransälj Hökvattna", opened: "2010-11-15", hours: office},
	}},
	{town: 1, dx: 0.3, dy: -0.55, address: "Genomfarten 18", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Norrtank", name: "Norrtank Hökvattna", opened: "1988-05-20", hours: evening},
		{kind: parcels, form: "Paketautomat", chain: "Skåplinjen", name: "Norrtank Hökvattna", opened: "2023-04-17", hours: always, unstaffed: true},
	}},
	{town: 1, dx: -0.1, dy: -0.3, address: "Byvägen 31", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Norrmat", name: "Norrmat Hökvattna", opened: "1983-10-10", closed: "2018-06-30", hours: shop},
	}},
	{town: 2, dx: 0.05, dy: 0.02, address: "Kyrkvägen 1", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Norrmat", name: "Norrmat Ripskoga", opened: "1996-04-01", hours: shop, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Norrmat Ripskoga", opened: "2010-02-15", hours: shop},
		{kind: medicine, form: "Apoteksombud", chain: "Tallapoteket", name: "Norrmat Ripskoga", opened: "2012-01-09", hours: shop},
		{kind: payments, form: "Betalningsförmedling", chain: "Kassalinjen", name: "Norrmat Ripskoga", opened: "2011-11-07", hours: shop},
	}},
	{town: 2, dx: 0.4, dy: -0.3, address: "Sågvägen 4", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Myrbränsle", name: "Myrbränsle Ripskoga", opened: "2006-08-14", hours: always, unstaffed: true},
	}},
	{town: 3, dx: 0.05, dy: 0, address: "Handelsvägen 3", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Lomunda Handel", opened: "1964-03-01", hours: shop, fullRange: true, support: true},
		{kind: parcels, form: "Paketombud", chain: "Brevlinjen", name: "Lomunda Handel", opened: "2002-05-06", hours: shop},
		{kind: medicine, form: "Apoteksombud", chain: "Apotek Gransälj", name: "Lomunda Handel", opened: "2010-06-01", hours: shop},
		{kind: payments, form: "Kontantuttag", chain: "Sedelvakten", name: "Lomunda Handel", opened: "2013-09-02", hours: shop},
		{kind: fuel, form: "Drivmedelsstation", chain: "Bygdetanken", name: "Bygdetanken Lomunda", opened: "2016-07-01", hours: always, unstaffed: true, support: true},
	}},
	{town: 4, dx: 0.05, dy: -0.05, address: "Bygatan 6", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Skärvmora Lanthandel", opened: "1958-05-15", closed: "2017-08-31", hours: rural},
		{kind: parcels, form: "Paketombud", chain: "Brevlinjen", name: "Skärvmora Lanthandel", opened: "2001-09-03", closed: "2017-08-31", hours: rural},
		{kind: groceries, form: "Dagligvarubutik", chain: "Nattboden", name: "Nattboden Skärvmora", opened: "2021-05-20", hours: always, unstaffed: true, support: true},
		{kind: parcels, form: "Paketautomat", chain: "Skåplinjen", name: "Nattboden Skärvmora", opened: "2021-05-20", hours: always, unstaffed: true},
	}},
	{town: 4, dx: -0.4, dy: 0.4, address: "Tvärvägen 1", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Bygdetanken", name: "Bygdetanken Skärvmora", opened: "2012-09-10", hours: always, unstaffed: true},
	}},
	{hamlet: 1, address: "Ulvmora 11", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Ulvmora Lanthandel", opened: "1972-06-12", hours: rural, support: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Ulvmora Lanthandel", opened: "2009-01-12", hours: rural},
		{kind: medicine, form: "Apoteksombud", chain: "Tallapoteket", name: "Ulvmora Lanthandel", opened: "2013-03-04", hours: rural},
		{kind: payments, form: "Kontantuttag", chain: "Kassalinjen", name: "Ulvmora Lanthandel", opened: "2014-05-05", hours: rural},
	}},
	{hamlet: 3, address: "Gäddunda 4", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Gäddunda Handelsbod", opened: "2015-05-30", hours: rural, support: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Gäddunda Handelsbod", opened: "2016-01-11", hours: rural},
	}},
	{hamlet: 6, address: "Lomtjärnsliden 2", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Bygdetanken", name: "Bygdetanken Lomtjärnsliden", opened: "2019-06-14", hours: always, unstaffed: true, support: true},
	}},
	{hamlet: 8, address: "Hökmorbodarna 9", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Hökmorbodarnas Livs", opened: "1966-11-01", closed: "2013-05-31", hours: rural},
		{kind: fuel, form: "Drivmedelsstation", chain: "Norrtank", name: "Norrtank Hökmorbodarna", opened: "1974-11-01", closed: "2011-10-31", hours: rural},
	}},
	{hamlet: 11, address: "Kvarnskogsby 1", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Kvarnskogsby Handel", opened: "1981-04-27", closed: "2022-09-30", hours: rural},
		{kind: parcels, form: "Paketautomat", chain: "Skåplinjen", name: "Skåplinjen Kvarnskogsby", opened: "2023-01-30", hours: always, unstaffed: true},
	}},
	{island: true, address: "Vessö by 3", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Lanthandlarringen", name: "Vessö Handelsbod", opened: "1949-05-01", hours: short, support: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Vessö Handelsbod", opened: "2011-06-06", hours: short},
		{kind: payments, form: "Betalningsförmedling", chain: "Kassalinjen", name: "Vessö Handelsbod", opened: "2014-05-05", hours: short},
	}},
	{town: 5, dx: 0.06, dy: 0.02, address: "Kvarntorget 2", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Norrmat", name: "Norrmat Kvarnunda", opened: "1993-08-30", hours: daily, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Paketringen", name: "Norrmat Kvarnunda", opened: "2010-03-01", hours: daily},
		{kind: payments, form: "Kontantuttag", chain: "Sedelvakten", name: "Sedelvakten Kvarnunda", opened: "2012-05-14", hours: daily, unstaffed: true},
	}},
	{town: 5, dx: -0.3, dy: 0.25, address: "Ågatan 9", offers: []offer{
		{kind: medicine, form: "Apotek", chain: "Apotek Gransälj", name: "Apotek Gransälj Kvarnunda", opened: "2010-09-13", hours: pharmacy},
	}},
	{town: 5, dx: 0.5, dy: -0.3, address: "Riksvägen 40", offers: []offer{
		{kind: fuel, form: "Drivmedelsstation", chain: "Norrtank", name: "Norrtank Kvarnunda", opened: "1990-06-18", hours: evening},
	}},
	{town: 6, dx: 0, dy: 0.1, address: "Bränntjärna 15", offers: []offer{
		{kind: groceries, form: "Dagligvarubutik", chain: "Fjällköp", name: "Fjällköp Bränntjärna", opened: "1999-11-22", hours: shop, fullRange: true},
		{kind: parcels, form: "Paketombud", chain: "Brevlinjen", name: "Fjällköp Bränntjärna", opened: "2007-09-17", hours: shop},
		{kind: fuel, form: "Drivmedelsstation", chain: "Bygdetanken", name: "Bygdetanken Bränntjärna", opened: "2014-10-10", hours: always, unstaffed: true},
	}},
}

// serve gives every site its ground and every service its row.
func (w *world) serve() {
	for _, s := range sites {
		row, ok := w.locate(s)
		if !ok {
			continue
		}
		row.address = s.address
		for _, o := range s.offers {
			row.offer = o
			row.id = fmt.Sprintf("FK-%04d", len(w.shops)+1)
			w.shops = append(w.shops, row)
		}
	}
}

// locate finds where a site stands: beside a street of its settlement, or beside the road of its hamlet.
func (w *world) locate(s site) (service, bool) {
	switch {
	case s.island:
		at := beside(w.net.at[w.isleNode], 14)
		return service{at: at, postcode: "990 80", town: islandName, kommun: Name + " kommun"}, true
	case s.hamlet > len(w.hamlets):
		return service{}, false
	case s.hamlet > 0:
		h := w.hamlets[s.hamlet-1]
		code := fmt.Sprintf("990 %d", 81+s.hamlet)
		return service{at: beside(w.net.at[h.node], 12), postcode: code, town: h.name, kommun: Name + " kommun"}, true
	}
	t := w.towns[s.town]
	at := t.frontage(orb.Point{t.centre[0] + s.dx*t.radius, t.centre[1] + s.dy*t.radius})
	kommun := Name
	if t.outside {
		kommun = NeighbourName
	}
	code := fmt.Sprintf("%03d %02d", t.postcode/100, t.postcode%100)
	return service{at: at, postcode: code, town: t.name, kommun: kommun + " kommun"}, true
}

// frontage is a house front at the street nearest to p, 13 m from its middle.
func (s *settlement) frontage(p orb.Point) orb.Point {
	best, least := s.centre, math.Inf(1)
	for _, t := range s.streets {
		a, b := s.corners[t.a], s.corners[t.b]
		middle := between(a, b, 0.4)
		if d := distance(middle, p); d < least {
			length := distance(a, b)
			across := orb.Point{-(b[1] - a[1]) / length, (b[0] - a[0]) / length}
			least = d
			best = orb.Point{math.Round(100*(middle[0]+13*across[0])) / 100, math.Round(100*(middle[1]+13*across[1])) / 100}
		}
	}
	return best
}

// beside is a point some metres north-east of p.
func beside(p orb.Point, by float64) orb.Point {
	return orb.Point{math.Round(100*(p[0]+0.8*by)) / 100, math.Round(100*(p[1]+0.6*by)) / 100}
}
