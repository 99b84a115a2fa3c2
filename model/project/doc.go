// Package project keeps a project in one file: a valid OGC GeoPackage that QGIS and ArcGIS open as it stands, with the
// program's own tables beside the layers, registered as an extension.
//
// Invariants:
//   - There is no "save". When Edit, Undo, Redo or SaveResult returns nil the change is on the disk, and whatever
//     stops them, a cancelled context, a full disk or a power cut, leaves the file as it was.
//   - Every edit of layers, features, settings and styles can be undone and redone, also after a crash or a restart,
//     and so can an edit that another program (QGIS) made in the file. Triggers in the file record how to go back;
//     see docs/decisions/0002-project-file-and-undo.md.
//   - Results and view settings are no undo steps. A result is stale when the layers, parameters or service types
//     that it was computed from are no longer those of the project, and fresh again when an undo brings them back.
//   - Geometries are SWEREF 99 TM. The clock takes no part in what is stored: the same calls give the same content.
//   - A damaged file is refused and never changed. A file that can't be written, is open in another window or was
//     made by a newer version opens read-only, with the reason.
//
// A Project may be used by several goroutines. Reading runs side by side, an edit runs alone: inside Edit use the Tx,
// never the Project, which would wait for the edit to end.
package project
