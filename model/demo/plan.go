package demo

import "nabar/model/scenario"

// Said is an entry of the plan as a planner enters it: its kind, then fields and what they say by turns.
type Said []string

// entered is the invented action plan with ledger, register, bank and opinions, in Swedish like all that the kommun itself has
// written. Places are told by the ids of services.
func entered() []Said {
	return []Said{
		{"area", "number", "1", "title", "Dagligvaror och drivmedel nära", "text", "Den som bor i kommunen ska kunna handla mat och tanka utan att färden tar halva dagen. Butikerna i Lomunda, Skärvmora, Ulvmora och på Vessön är de enda i sin bygd."},
		{"area", "number", "2", "title", "Post, apotek och betaltjänster hos ombud", "text", "Fler tjänster under samma tak gör att butikerna bär sig och att en resa räcker."},
		{"area", "number", "3", "title", "Beredskap och samverkan", "text", "Vid strömavbrott ska varje bygd ha en plats där det går att handla, tanka och få besked."},
		{"goal", "area", "1", "number", "1.1", "text", "Minst 95 procent av invånarna har högst tio kilometer till närmaste livsmedelsbutik.", "baseline", "95,1 procent 2025", "measure", "share", "service", "dagligvaror", "within", "10", "op", "at_least", "aim", "95"},
		{"goal", "area", "1", "number", "1.2", "text", "Medelavståndet till närmaste drivmedelsstation är högst tre kilometer.", "baseline", "2,9 km 2025", "measure", "mean", "service", "drivmedel", "op", "at_most", "aim", "3"},
		{"goal", "area", "2", "number", "2.1", "text", "Minst 90 procent av invånarna har högst fem kilometer till post och paket.", "baseline", "86,8 procent 2025", "measure", "share", "service", "post", "within", "5", "op", "at_least", "aim", "90"},
		{"goal", "area", "2", "number", "2.2", "text", "Apoteksombud finns i varje bygd som har en butik.", "indicator", "Bygder med apotek eller ombud", "baseline", "5", "target", "7"},
		{"goal", "area", "3", "number", "3.1", "text", "Varje serviceort har en SOT-punkt med reservkraft.", "indicator", "SOT-punkter", "baseline", "1", "target", "4", "outcome", "2"},
		{"action", "area", "1", "letter", "A", "title", "Avtal om servicepunkt med Lomunda Handel", "goals", "1.1", "milestones", "Avtal undertecknat 2026\nFörsta året utvärderat 2027", "activities", "Träffa handlaren och byalaget\nSkriv avtal om information, uppkoppling och hemsändning", "parties", "Kommunstyrelsen | x\nLomunda Handel\nLomunda byalag", "financing", "Ordinarie medel | 120000 | 60000", "from", "2026", "to", "2027-12", "status", "ongoing", "progress", "Avtalet är undertecknat och gäller från mars 2026.", "sites", "FK-0034", "solutions", "servicepunkt"},
		{"action", "area", "1", "letter", "B", "title", "Hemsändning från Vessö Handelsbod", "goals", "1.1", "milestones", "Riktlinjer antagna 2026", "activities", "Skriv riktlinjer för hemsändning\nUpphandla körningen", "parties", "Socialförvaltningen | x\nVessö Handelsbod\nRegionen | | medel", "financing", "Ordinarie medel | 90000\nHemsändningsbidrag | 90000", "from", "2026-06", "to", "2028", "status", "planned", "sites", "FK-0055", "solutions", "hemsandning"},
		{"action", "area", "1", "letter", "C", "title", "Ny drivmedelspump i Ulvmora", "goals", "1.2", "activities", "Utred läge och mark\nSök investeringsbidrag tillsammans med bygden", "parties", "Ulvmora bygdeförening | x\nKommunstyrelsen\nRegionen | | medel", "financing", "Investeringsbidrag | 850000\nBygdens egna medel | 150000", "from", "2027", "to", "2029", "status", "planned", "sites", "FK-0044"},
		{"action", "area", "2", "letter", "A", "title", "Paketombud i Kvarnskogsby och Hökmorbodarna", "goals", "2.1", "milestones", "Ombud i den ena byn 2026, i båda 2027", "activities", "Bjud in paketföretagen till samtal\nPröva paketskåp vid bygdegårdarna", "parties", "Kommunstyrelsen | x\nByalagen", "financing", "Ordinarie medel | 40000", "from", "2026", "to", "2027", "status", "ongoing"},
		{"action", "area", "2", "letter", "B", "title", "Apoteksombud i Skärvmora och på Vessön", "goals", "2.2", "activities", "Kontakta apoteken\nUtbilda handlarnas personal", "parties", "Kommunstyrelsen | x\nSkärvmora Lanthandel\nVessö Handelsbod", "financing", "Ordinarie medel | 25000", "from", "2026", "to", "2028", "status", "planned", "sites", "FK-0039\nFK-0055", "solutions", "ombud"},
		{"action", "area", "3", "letter", "A", "title", "Reservkraft vid fyra butiker", "goals", "3.1", "milestones", "Två platser 2026, fyra 2028", "activities", "Köp in reservkraft\nÖva en gång om året", "parties", "Räddningstjänsten | x\nKommunstyrelsen\nLänsstyrelsen | | medel", "financing", "Ordinarie medel / Länsstyrelsen | 600000 | 280000", "from", "2025", "to", "2028", "status", "ongoing", "progress", "Hökvattna och Ripskoga är klara.", "sites", "FK-0022\nFK-0029\nFK-0034\nFK-0055", "solutions", "sot_punkt"},
		{"action", "area", "3", "letter", "B", "title", "Årligt möte med handlare och byalag", "goals", "1.1, 3.1", "activities", "Bjud in till möte varje november\nGå igenom uppföljningen", "parties", "Kommunstyrelsen | x\nHandlarna\nByalagen", "financing", "Ordinarie medel", "from", "2026", "to", "2030", "status", "planned"},
		{"grant", "form", "servicebidrag", "year", "2024", "facility", "FK-0044", "name", "Ulvmora Lanthandel", "applied", "150000", "granted", "120000", "paid", "120000", "date", "2024-04-11", "case", "RUN 2024/0113"},
		{"grant", "form", "servicebidrag", "year", "2025", "facility", "FK-0044", "name", "Ulvmora Lanthandel", "applied", "150000", "granted", "135000", "paid", "135000", "date", "2025-04-08", "case", "RUN 2025/0098"},
		{"grant", "form", "hemsandningsbidrag", "year", "2025", "facility", "FK-0055", "name", "Vessö Handelsbod", "applied", "60000", "granted", "48500", "paid", "48500", "date", "2025-05-20", "case", "KS 2025/0131"},
		{"grant", "form", "investeringsbidrag", "year", "2025", "facility", "FK-0039", "name", "Skärvmora Lanthandel", "applied", "420000", "granted", "350000", "paid", "175000", "date", "2025-09-17", "case", "RUN 2025/0244"},
		{"grant", "form", "sarskilt_driftstod", "year", "2025", "facility", "FK-0055", "name", "Vessö Handelsbod", "applied", "260000", "granted", "240000", "paid", "240000", "date", "2025-06-03", "case", "RUN 2025/0156"},
		{"fact", "type", "servicepunkt", "date", "2024-05", "facility", "FK-0044", "name", "Ulvmora Lanthandel"},
		{"fact", "type", "sot", "date", "2024-10", "facility", "FK-0022", "name", "Fjällköp Hökvattna"},
		{"fact", "type", "sot", "date", "2025-11", "facility", "FK-0029", "name", "Norrmat Ripskoga"},
		{"fact", "type", "fibre", "date", "2025-12", "name", "Skärvmora"},
		{"fact", "type", "fibre", "date", "2025-12", "name", "Vessön", "answer", "no", "exception", "Radiolänk tills sjökabeln är lagd"},
		{"fact", "type", "post", "date", "2025-12", "name", "Vessön", "value", "3"},
		{"fact", "type", "visit", "date", "2025", "name", "Butiker på landsbygden", "value", "6"},
		{"fact", "type", "meeting", "date", "2025-11-13", "name", "Möte med handlare och byalag"},
		{"placement", "solution", "servicepunkt", "facility", "FK-0044", "status", "used"},
		{"placement", "solution", "servicepunkt", "facility", "FK-0034", "action", "1 A", "status", "planned"},
		{"opinion", "date", "2025-10-14", "from", "Vessöns byalag", "sort", "association", "about", "Hemsändning", "facility", "FK-0055", "text", "Hemsändningen behövs redan till hösten, när färjan går mer sällan.", "answer", "Riktlinjerna tas fram först. Körningen börjar så snart de är antagna.", "outcome", "partly"},
		{"opinion", "date", "2025-10-28", "from", "Ulvmora bygdeförening", "sort", "association", "about", "Drivmedel", "text", "Bygden är beredd att satsa egna pengar på en pump.", "answer", "Pumpen tas upp som insats 1 C.", "outcome", "followed"},
	}
}

// scenarios are the invented questions of the kommun: a shop that closes, and what could come in its place.
func scenarios() []scenario.Scenario {
	return []scenario.Scenario{
		{Name: "Butiken i Lomunda stänger", Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: "FK-0034", Name: "Lomunda Handel"}}}},
	}
}
