# METADATA
# title: Kubelets without a limit for events
# description: Finds nodes whose kubelet sends events without a limit.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	rate := kubelet.effective(info, {
		"flag": "--event-qps",
		"field": ["eventRecordQPS"],
		"inFile": 50,
		"byDefault": 50,
	})
	sprintf("%v", [rate.value]) in {"0", kubelet.unread}
	finding := kubelet.finding(info, rate, "sends events without a limit", "set eventRecordQPS there to a rate that suits the cluster, or remove it for the default of 50 a second, drop --event-qps from its command line, and restart it.")
}
