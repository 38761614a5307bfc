# METADATA
# title: Kubelets under another name
# description: Finds nodes whose kubelet doesn't go by the machine's own name.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	name := kubelet.flag(info, "--hostname-override")
	fault := sprintf("goes by the name %s instead of the machine's own", [name])
	finding := kubelet.finding(info, {"value": name, "paths": []}, fault, "drop --hostname-override from its command line, in a systemd drop-in or kubeadm-flags.env, and join the node again, since its name changes with it.")
}
