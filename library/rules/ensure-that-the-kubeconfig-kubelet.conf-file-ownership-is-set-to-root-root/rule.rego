# METADATA
# title: The kubelet's credentials not owned by root
# description: Finds nodes where the kubeconfig with which the kubelet logs in belongs to another account than root.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.wrong_owner(info, info.data.kubeConfigFile, ["root:root"])
}
