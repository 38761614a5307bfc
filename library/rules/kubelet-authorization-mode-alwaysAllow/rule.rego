# METADATA
# title: Kubelets that allow everything
# description: Finds nodes whose kubelet does for everybody whatever they ask.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	mode := kubelet.effective(info, {
		"flag": "--authorization-mode",
		"field": ["authorization", "mode"],
		"inFile": "Webhook",
		"byDefault": "AlwaysAllow",
	})
	mode.value in {"AlwaysAllow", kubelet.unread}
	finding := kubelet.finding(info, mode, "allows every request", "set authorization.mode to Webhook there, drop --authorization-mode from its command line, and restart it.")
}
