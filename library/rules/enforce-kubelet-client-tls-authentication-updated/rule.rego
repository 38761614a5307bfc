# METADATA
# title: Kubelets without a client authority
# description: Finds nodes whose kubelet does not check client certificates.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains msg if {
	some info in input
	info.kind == "KubeletInfo"
	not checks_clients(info)
	paths := missing_paths(info)
	msg := {
		"alertMessage": sprintf("Nothing shows that the kubelet of %s checks client certificates", [kubelet.label(info)]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The kubelet's configuration is a file on the node, not an object: set authentication.x509.clientCAFile there to the cluster's client CA, and restart the kubelet.",
	}
}

# The flag wins over the file, even where it is empty.
checks_clients(info) := file != "" if file := kubelet.flag(info, "--client-ca-file")

else if {
	kubelet.flag(info, "--config")
	kubelet.config_value(info, ["authentication", "x509", "clientCAFile"]) != ""
}

# Only a file that the kubelet was started with is the place to repair.
missing_paths(info) := ["authentication.x509.clientCAFile"] if {
	not kubelet.flag(info, "--client-ca-file")
	kubelet.flag(info, "--config")
	kubelet.config(info)
}

else := []
