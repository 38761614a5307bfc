# METADATA
# title: Kubelets that answer anyone
# description: Finds nodes whose kubelet accepts requests without credentials.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

# The flag wins over the file.
deny contains msg if {
	some info in input
	info.kind == "KubeletInfo"
	kubelet.flag(info, "--anonymous-auth") == "true"
	msg := finding(info, [], sprintf("The kubelet of %s accepts anonymous requests", [kubelet.label(info)]))
}

deny contains msg if {
	some info in input
	info.kind == "KubeletInfo"
	not kubelet.flag(info, "--anonymous-auth")
	kubelet.config_value(info, ["authentication", "anonymous", "enabled"]) == true
	msg := finding(info, ["authentication.anonymous.enabled"], sprintf("The kubelet of %s accepts anonymous requests", [kubelet.label(info)]))
}

# Without a flag and a file the kubelet accepts them; a file that says nothing about it makes it refuse.
deny contains msg if {
	some info in input
	info.kind == "KubeletInfo"
	not kubelet.flag(info, "--anonymous-auth")
	not kubelet.config(info)
	msg := finding(info, [], sprintf("Nothing shows that the kubelet of %s refuses anonymous requests", [kubelet.label(info)]))
}

finding(info, paths, message) := {
	"alertMessage": message,
	"alertObject": {"k8sApiObjects": [info]},
	"failedPaths": paths,
	"reviewPaths": paths,
	"deletePaths": [],
	"fixPaths": [],
	"noFix": "The kubelet's configuration is a file on the node, not an object: set authentication.anonymous.enabled to false there, drop --anonymous-auth from its command line, and restart it.",
}
