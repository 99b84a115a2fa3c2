package role

import (
	"regexp"
	"slices"
	"strconv"

	"nabar/model"
)

// pattern finds the column of a part by its folded name; the first pattern of a list that any column fits wins.
type pattern struct {
	part  string
	names *regexp.Regexp
}

// like makes a pattern of a part; several lines for one part are tried in order.
func like(part, names string) pattern {
	return pattern{part, regexp.MustCompile("^(?:" + names + ")$")}
}

// tail is what NVDB's exports hang on a name: the number of the data product, or words.
const tail = `(?:_.*|\d*)`

// nvdbParts are the columns of Trafikverket's road data. "hogst" without a direction counts for both.
var nvdbParts = []pattern{
	like(model.PartLength, `extlen(?:gth)?`+tail),
	like(model.PartSpeedForward, `f_?hogst`+`.*`),
	like(model.PartSpeedForward, `hogst.*`),
	like(model.PartSpeedBackward, `b_?hogst`+`.*`),
	like(model.PartSpeedBackward, `hogst.*`),
	like(model.PartForbidForward, `f_?forbj.*`),
	like(model.PartForbidBack, `b_?forbj.*`),
	like(model.PartClass, `klass`+tail),
	like(model.PartClass, `funkt?(?:ionell)?_?vag_?klass`+tail),
	like(model.PartFerry, `farje.*`),
	like(model.PartMotorway, `typ_?41`),
	like(model.PartMotorway, `motorvag`+tail),
	like(model.PartNetwork, `nat(?:verks)?_?typ`+tail),
}

// osmRoadParts are the tags of roads in OpenStreetMap.
var osmRoadParts = []pattern{
	like(model.PartHighway, `highway`),
	like(model.PartMaxSpeed, `maxspeed`),
	like(model.PartSpeedForward, `maxspeed_forward`),
	like(model.PartSpeedBackward, `maxspeed_backward`),
	like(model.PartOneway, `oneway`),
	like(model.PartRoute, `route|ferry`),
	like(model.PartJunction, `junction`),
}

// cellParts are the columns of population squares. Ages are found by agePatterns.
var cellParts = []pattern{
	like(model.PartCellID, `rut_?id_?scb`),
	like(model.PartCellID, `rut_?id|ruta|rutnr|cell_?id`),
	like(model.PartCellID, `rut_?id_?inspire|inspire_?id|grd_id|cellcode`),
	like(model.PartPeople, `bef_?totalt?|tot_?bef|befolkning_?totalt?`),
	like(model.PartPeople, `totalt|bef|befolkning|folkmangd|antal_?personer|antal_?invanare|personer|invanare|population|people|pop`),
	like(model.PartWomen, `kvinn(?:a|or)|women|female`),
	like(model.PartMen, `man|men|male`),
	like(model.PartSize, `rut_?storl(?:ek)?|rut_?size|size_?m|cell_?size`),
	like(model.PartDate, `referens_?(?:tid|datum)|ref_?(?:tid|datum)`),
}

// serviceParts are the columns of service places: those of Pipos, then other tables' words, then OpenStreetMap's.
var serviceParts = []pattern{
	like(model.PartType, `service_?typ|typ_?av_?service|service_?type`),
	like(model.PartType, `service|service_?slag|kategori|category|typ|type`),
	like(model.PartType, `shop`),
	like(model.PartType, `amenity`),
	like(model.PartTypeMore, `amenity`),
	like(model.PartForm, `service_?form|form`),
	like(model.PartID, `service_?plats_?id|service_?stalle_?id|plats_?id`),
	like(model.PartID, `id|osm_?id|full_?id|uuid|objekt_?id`),
	like(model.PartName, `namn|name|butiksnamn|benamning`),
	like(model.PartChain, `huvudman|kedja|brand|operator|chain`),
	like(model.PartAddress, `adress|gatuadress|besoksadress|address|addr_street`),
	like(model.PartPostcode, `post_?n(?:umme)?r|postcode|zip|addr_postcode`),
	like(model.PartPostTown, `postort|ort|post_?town|addr_city`),
	like(model.PartMunicipal, `kommun(?:_?namn)?|municipality`),
	like(model.PartOpened, `oppnad(?:_.*)?|oppna(?:t|de|des)|oppnings_?(?:datum|dag|ar)|oppet_sedan|start_?(?:datum|ar)|etablerad(?:_.*)?|opened(?:_.*)?|opening_(?:date|year)|open_date|date_opened|start_date`),
	like(model.PartClosed, `stangd(?:_.*)?|stang(?:t|de|des)|stangnings_?(?:datum|dag|ar)|nedlagd(?:_.*)?|nedlaggnings_?(?:datum|ar)|upphord(?:_.*)?|slut_?(?:datum|ar)|closed(?:_.*)?|closing_(?:date|year)|close_date|date_closed|end_date`),
	like(model.PartHours, `oppet_?tid(?:er)?|oppettid|opening_?hours|oppet`),
	like(model.PartStaffed, `bemannad|bemannat|staffed`),
	like(model.PartFullRange, `fullsortiment|full_?range`),
	like(model.PartReserve, `(?:har_)?reserv_?kraft|reserv_?el|reserv_?elverk|reserve_?power|backup_?power`),
	like(model.PartSupport, `stod|support`),
	like(model.PartCapacity, `kapacitet|capacity|salj_?yta|butiks_?yta`),
	like(model.PartTold, `kalla|uppgift_?av|uppgifts_?lamnare|source`),
	like(model.PartEasting, `x|x_?koord(?:inat)?|east(?:ing)?|ost|e|sweref_?99_?(?:tm_?)?e(?:ast)?|lon|long|longitude|longitud`),
	like(model.PartNorthing, `y|y_?koord(?:inat)?|north(?:ing)?|nord|n|sweref_?99_?(?:tm_?)?n(?:orth)?|lat|latitude|latitud`),
}

// areaParts are the columns of municipalities' borders.
var areaParts = []pattern{
	like(model.PartAreaCode, `kom_kod`), // text, where kommunkod beside it may have lost its leading zero
	like(model.PartAreaCode, `kommun_?kod|kn_?kod|kommun_?id|kommun_?nr`),
	like(model.PartAreaName, `kommun_?namn|kom_?namn|kn_?namn`),
}

// smallerAreas are columns that tell that a layer's polygons are parts of municipalities and no borders.
var smallerAreas = regexp.MustCompile(`^(?:tatorts?_?kod|tatort|smaorts?_?kod|smaort|deso_?kod|deso|regso_?kod|regso|fritidshus.*)$`)

// match finds a column for each part of a list; a column plays one part only, save where nothing else will do.
func match(fields []model.Field, parts []pattern) model.Mapping {
	out := model.Mapping{}
	used := map[string]bool{}
	for _, p := range parts {
		if out[p.part] != "" {
			continue
		}
		i := slices.IndexFunc(fields, func(f model.Field) bool { return !used[f.Name] && p.names.MatchString(fold(f.Name)) })
		if i < 0 {
			continue
		}
		out[p.part] = fields[i].Name
		both := p.part == model.PartSpeedForward && p.names.MatchString("hogst") // one column for both directions
		used[fields[i].Name] = !both
	}
	return out
}

// agePatterns find the columns of age classes: "ald0_5", "ald65_69", "ald100w", and the same for women and men alone.
var agePatterns = []struct {
	part  string
	names *regexp.Regexp
}{
	{model.PartWomenA, regexp.MustCompile(`^(?:kvinn(?:a|or)|kv|k|women|f)_?(?:ald(?:er)?_?)?(\d{1,3})_?(?:(\d{1,3})|w|plus)$`)},
	{model.PartMenA, regexp.MustCompile(`^(?:man|men|m)_?(?:ald(?:er)?_?)?(\d{1,3})_?(?:(\d{1,3})|w|plus)$`)},
	{model.PartAge, regexp.MustCompile(`^(?:ald(?:er)?|age)_?(\d{1,3})_?(?:(\d{1,3})|w|plus)$`)},
}

// ageClass is one column that counts people of an age.
type ageClass struct {
	part, column string
	from, to     int
}

// ages maps the columns of age classes. SCB's classes name the age at which the next one begins ("ald0_5", "ald5_10"),
// others the last age within ("ald65_69"): which it is shows where the next class begins.
func ages(fields []model.Field, into model.Mapping) {
	var classes []ageClass
	starts := map[string]map[int]bool{}
	for _, f := range fields {
		for _, p := range agePatterns {
			m := p.names.FindStringSubmatch(fold(f.Name))
			if m == nil {
				continue
			}
			from, _ := strconv.Atoi(m[1])
			to := -1
			if m[2] != "" {
				to, _ = strconv.Atoi(m[2])
			}
			classes = append(classes, ageClass{p.part, f.Name, from, to})
			if starts[p.part] == nil {
				starts[p.part] = map[int]bool{}
			}
			starts[p.part][from] = true
			break
		}
	}
	for _, c := range classes {
		if c.to > c.from && starts[c.part][c.to] {
			c.to--
		}
		part := c.part + ":" + span(c.from, c.to)
		if _, taken := into[part]; !taken && (c.to < 0 || c.to >= c.from) {
			into[part] = c.column
		}
	}
}
