package support

import "slices"

// The ids of the program's own sets.
const (
	Ordinance2000 = "se-2000-284"
	Fuel2022      = "se-2022-206"
	Cash          = "se-kontanter"
	Merkur        = "no-merkur"
	VillageShop   = "fi-kyla"
)

// BuiltIn are the sets that the program comes with. The Swedish ordinance comes first: it is what a plan is about. The
// Norwegian and Finnish ones are examples of how else it can be drawn.
func BuiltIn() []Set {
	sets := []Set{ordinance2000(), fuel2022(), cash(), merkur(), villageShop()}
	for i := range sets {
		sets[i].BuiltIn = true
	}
	return sets
}

// Merge puts a project's own sets beside the program's. One of the same id takes its place.
func Merge(own []Set) []Set {
	sets := BuiltIn()
	for _, o := range own {
		o = o.Clone()
		if i := slices.IndexFunc(sets, func(s Set) bool { return s.ID == o.ID }); i >= 0 {
			sets[i] = o
			continue
		}
		sets = append(sets, o)
	}
	return sets
}

// place is the pair of alternatives about where a shop stands.
func place(op Op, metres float64, source string, own bool) []Condition {
	return []Condition{
		{ID: "avstand", Fact: NextDistance, Op: op, Value: metres, Group: "lage", Source: source, Own: own},
		{ID: "o", Fact: Island, Group: "lage", Source: source, Own: own},
	}
}

// rangeOf asks that the shop itself has a full range; practice reads that as a number of articles.
func rangeOf(source string) []Condition {
	return []Condition{
		{ID: "utbud", Fact: HasFullRange, Group: "utbud", Source: source},
		{ID: "artiklar", Fact: Articles, Op: AtLeast, Value: 1000, Group: "utbud", Own: true, Source: "praxis"},
	}
}

// ordinance2000 are the forms of förordning (2000:284) om stöd till kommersiell service. 21 a § stands as in SFS
// 2018:150. The criteria for place of the forms that the regions decide on differ between them and are ours.
func ordinance2000() Set {
	plan := Condition{ID: "plan", Fact: MunicipalPlan, Source: "6 §"}
	premises := []Condition{
		{ID: "lokaler", Fact: FixedPremises, Source: "21 a § första stycket 2"},
		{ID: "aret_runt", Fact: YearRound, Source: "21 a § första stycket 2"},
	}
	operating := slices.Concat(rangeOf("21 a § första stycket"), place(Over, 10000, "21 a § första stycket 1", false), premises, []Condition{
		{ID: "omsattning", Fact: Turnover, Op: AtMost, Value: 11e6, Source: "21 a § första stycket 3"},
		{ID: "oppettid", Fact: HoursWeek, Op: AtLeast, Value: 40, Guide: true, Own: true, Source: "praxis"},
	})
	regional := func(id, source string, terms ...Term) Rule {
		return Rule{
			ID: id, Service: "dagligvaror", Against: FullRange, Source: source, Terms: terms,
			Conditions: append([]Condition{plan}, place(Over, 10000, "regionala riktlinjer", true)...),
		}
	}
	return Set{
		ID: Ordinance2000, Edition: "SFS 2018:150", From: "2018-01-01", Currency: "kr", Margin: 0.1,
		Source: "Förordning (2000:284) om stöd till kommersiell service, 21 a § i lydelse enligt SFS 2018:150",
		Rules: []Rule{
			{
				ID: "sarskilt_driftstod", Service: "dagligvaror", Against: FullRange, Source: "21 a §", Conditions: operating,
				Terms: []Term{{ID: "max_year", Value: 370000, Source: "2026", Own: true}},
			},
			regional("servicebidrag", "18 §",
				Term{ID: "max_year", Value: 250000, Source: "18 §"}, Term{ID: "years", Value: 3, Own: true}),
			regional("investeringsbidrag", "9 §", Term{ID: "share", Value: 0.5, Own: true}, Term{ID: "share_most", Value: 0.85, Own: true}),
			{
				ID: "hemsandningsbidrag", Service: "dagligvaror", Against: FullRange, Source: "19–20 §§",
				Conditions: []Condition{
					plan,
					{ID: "hemsandning", Fact: Delivers, Source: "19 §"},
					{ID: "riktlinjer", Fact: DeliveryRules, Source: "19 §"},
					{ID: "kostnad", Fact: DeliveryCost, Op: AtLeast, Value: 29600, Own: true, Source: "20 §, ett halvt prisbasbelopp"},
				},
				Terms: []Term{{ID: "share", Value: 0.5, Source: "20 §"}, {ID: "per_household", Value: 100, Source: "20 §"}},
			},
		},
	}
}

// fuel2022 is förordning (2022:206) om statligt stöd till försäljningsställen för drivmedel i vissa landsbygdsområden,
// 5 §. It was in force until the end of 2023 and stays for comparison.
func fuel2022() Set {
	return Set{
		ID: Fuel2022, Edition: "SFS 2022:206", From: "2022-04-19", To: "2023-12-31", Currency: "kr", Margin: 0.1,
		Source: "Förordning (2022:206) om statligt stöd till försäljningsställen för drivmedel i vissa landsbygdsområden, 5 §",
		Rules: []Rule{{
			ID: "drivmedelsstod", Service: "drivmedel", Against: Same, Source: "5 §",
			Conditions: []Condition{
				{ID: "aret_runt", Fact: YearRound, Source: "5 § 1"},
				{ID: "avstand", Fact: NextDistance, Op: Over, Value: 15000, Source: "5 § 3"},
				{ID: "behov", Fact: NeedsSupport, Source: "5 § 4"},
			},
		}},
	}
}

// cash finds the places without which somebody would have more than 25 km of road to cash, the limit that PTS follows.
func cash() Set {
	return Set{
		ID: Cash, Edition: "PTS-ER-2023:19", From: "2023-01-01", Currency: "kr", Margin: 0.1,
		Source: "Post- och telestyrelsen, PTS-ER-2023:19: få ska ha längre än 25 km väg till uttag och insättning",
		Rules: []Rule{{
			ID: "kontanter", Service: "betaltjanster", Against: Same, Source: "PTS-ER-2023:19",
			Conditions: []Condition{{ID: "avstand", Fact: NextDistance, Op: Over, Value: 25000, Source: "PTS-ER-2023:19"}},
		}},
	}
}

// merkur is the Norwegian programme's way to draw the line, as an example.
func merkur() Set {
	far := func(op Op, metres, greyFrom float64) Condition {
		c := Condition{ID: "avstand", Fact: NextDistance, Op: op, Value: metres, Source: "Merkur"}
		if greyFrom > 0 {
			c.GreyFrom, c.GreyTo = greyFrom, metres
		}
		return c
	}
	return Set{
		ID: Merkur, Edition: "exempel", Currency: "NOK", Margin: 0.1, Source: "Merkur-programmet, Norge",
		Rules: []Rule{
			{ID: "merkur_butik", Service: "dagligvaror", Against: Same, Source: "Merkur", Conditions: []Condition{
				far(AtLeast, 10000, 5000),
				{ID: "hushall", Fact: Households, Op: Under, Value: 200, Source: "Merkur"},
				{ID: "omsattning", Fact: Turnover, Op: Under, Value: 13e6, Source: "Merkur"},
			}},
			{ID: "merkur_service", Service: "dagligvaror", Against: Same, Source: "Merkur", Conditions: []Condition{
				far(AtLeast, 20000, 0),
				{ID: "omsattning", Fact: Turnover, Op: Under, Value: 4e6, Source: "Merkur"},
				{ID: "tjanster", Fact: OtherServices, Op: AtLeast, Value: 3, Source: "Merkur"},
			}},
		},
	}
}

// villageShop is the Finnish way, as an example.
func villageShop() Set {
	return Set{
		ID: VillageShop, Edition: "exempel", Currency: "€", Margin: 0.1, Source: "Kyläkauppatuki, Finland",
		Rules: []Rule{{ID: "kylabutiksstod", Service: "dagligvaror", Against: Same, Source: "Kyläkauppatuki", Conditions: []Condition{
			{ID: "avstand", Fact: NextDistance, Op: AtLeast, Value: 7500, Source: "Kyläkauppatuki"},
			{ID: "omsattning", Fact: Turnover, Op: Under, Value: 2e6, Source: "Kyläkauppatuki"},
			{ID: "tjanster", Fact: OtherServices, Op: AtLeast, Value: 1, Source: "Kyläkauppatuki"},
		}}},
	}
}
