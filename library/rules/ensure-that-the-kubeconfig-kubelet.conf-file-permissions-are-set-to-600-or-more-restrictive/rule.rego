# METADATA
# title: The kubelet's credentials open to others
# description: Finds nodes where accounts besides root may read or change the kubeconfig with which the kubelet logs in.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.too_open(info, info.data.kubeConfigFile, "600")
}
