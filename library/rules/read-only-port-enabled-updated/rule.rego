# METADATA
# title: Kubelets with an open read-only port
# description: Finds nodes whose kubelet answers anyone on a second port, without encryption and without a login.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	port := kubelet.effective(info, {
		"flag": "--read-only-port",
		"field": ["readOnlyPort"],
		"inFile": 0,
		"byDefault": 10255,
	})
	sprintf("%v", [port.value]) != "0"
	finding := kubelet.finding(info, port, "answers without a login on its read-only port", "set readOnlyPort to 0 there or remove it, drop --read-only-port from its command line, and restart it.")
}
