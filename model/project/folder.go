package project

import (
	"path/filepath"
	"strings"

	"nabar/internal/i18n"
)

// syncFolders are how the folders of synchronising services begin, lower case, and the service's name. Such a service
// copies a project while it is being written, and brings back old copies.
var syncFolders = []struct{ prefix, service string }{
	{"onedrive", "OneDrive"},
	{"dropbox", "Dropbox"},
	{"google drive", "Google Drive"},
	{"googledrive", "Google Drive"},
	{"my drive", "Google Drive"},
	{"min enhet", "Google Drive"},
	{"nextcloud", "Nextcloud"},
	{"owncloud", "ownCloud"},
	{"icloud", "iCloud"},
	{"mobile documents", "iCloud"},
	{"sharepoint", "SharePoint"},
}

// folderWarnings warns of a project in a folder that is synchronised or on another computer.
func folderWarnings(path string) []i18n.Message {
	if service := syncService(path); service != "" {
		return []i18n.Message{i18n.M("project.warn_synchronised", service)}
	}
	slashed := filepath.ToSlash(path)
	if strings.HasPrefix(slashed, "//") || onNetwork(filepath.Dir(path)) {
		return []i18n.Message{i18n.M("project.warn_network")}
	}
	return nil
}

// syncService names the service that a folder on the path belongs to, "" if none.
func syncService(path string) string {
	parts := strings.FieldsFunc(filepath.Dir(path), func(r rune) bool { return r == '/' || r == '\\' })
	for _, part := range parts {
		part = strings.ToLower(part)
		for _, folder := range syncFolders {
			rest, ok := strings.CutPrefix(part, folder.prefix)
			if ok && (rest == "" || strings.ContainsRune(" -_(.~", rune(rest[0]))) {
				return folder.service
			}
		}
	}
	return ""
}
