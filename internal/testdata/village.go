package testdata

import (
	"os"
	"path/filepath"
	"testing"
)

// The files of the village, a kommun that fits in the head: one straight road of 10 km along N 6 700 000 in two edges
// that meet at E 505 000, two squares with their centres on it, at E 500 500 (100 people) and E 508 500 (50 people), a
// shop 10 m beside it at E 501 000, another on it at E 509 000, and a pump at the first shop.
const (
	VillageRoads = `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[
{"type":"Feature","properties":{"extlen":5000,"f_hogst_225":60,"b_hogst_225":60,"klass_181":3},"geometry":{"type":"LineString","coordinates":[[500000,6700000],[505000,6700000]]}},
{"type":"Feature","properties":{"extlen":5000,"f_hogst_225":60,"b_hogst_225":60,"klass_181":3},"geometry":{"type":"LineString","coordinates":[[505000,6700000],[510000,6700000]]}}]}`
	VillageCells    = "rutid_scb;rutstorl;beftotalt\n5000006699500;1000;100\n5080006699500;1000;50\n"
	villageServices = "\ufeffServicetyp;Serviceform;Serviceplatsid;Huvudman;Namn;Adress;Postnummer;Postort;Kommun;Län;Stöd;X;Y\r\n" +
		"Dagligvaror;Dagligvarubutik;A;Kedja;Ahandeln;;;Aby;Gotlands kommun;Gotlands län;;501000,00;6700010,00\r\n" +
		"Dagligvaror;Dagligvarubutik;B;Kedja;Bboden;;;Bby;Gotlands kommun;Gotlands län;;509000,00;6700000,00\r\n" +
		"Drivmedel;Drivmedelsstation;C;Kedja;Pumpen;;;Aby;Gotlands kommun;Gotlands län;;501000,00;6700010,00\r\n" +
		"Dagligvaror;Dagligvarubutik;D;Kedja;Utan läge;;;Bby;Gotlands kommun;Gotlands län;;;\r\n"
	villageBorder = `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[
{"type":"Feature","properties":{"KOM_KOD":"0980","KOMMUNNAMN":"Gotland"},"geometry":{"type":"Polygon","coordinates":[[[499000,6699000],[511000,6699000],[511000,6701000],[499000,6701000],[499000,6699000]]]}}]}`
)

// VillageFiles are the paths of the village's files.
type VillageFiles struct{ Roads, Cells, Services, Border string }

// All lists the files in the order in which a planner would import them.
func (v VillageFiles) All() []string { return []string{v.Roads, v.Cells, v.Services, v.Border} }

// Village writes the village's files into a folder of the test's.
func Village(t testing.TB) VillageFiles {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return VillageFiles{
		Roads: write("vägar.geojson", VillageRoads), Cells: write("rutor.csv", VillageCells),
		Services: write("service.csv", villageServices), Border: write("gräns.geojson", villageBorder),
	}
}
