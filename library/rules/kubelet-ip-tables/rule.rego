# METADATA
# title: Kubelets without their iptables chains
# description: Finds nodes whose kubelet doesn't keep up its chains of the packet filter.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	chains := kubelet.effective(info, {
		"flag": "--make-iptables-util-chains",
		"field": ["makeIPTablesUtilChains"],
		"inFile": true,
		"byDefault": true,
	})
	not kubelet.is_on(chains.value)
	finding := kubelet.finding(info, chains, "doesn't keep up its chains of the packet filter", "set makeIPTablesUtilChains to true there or remove it, drop --make-iptables-util-chains from its command line, and restart it.")
}
