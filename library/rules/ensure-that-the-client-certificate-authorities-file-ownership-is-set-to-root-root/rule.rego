# METADATA
# title: The kubelet's client authority not owned by root
# description: Finds nodes where the file of authorities that the kubelet trusts belongs to another account than root.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.wrong_owner(info, info.data.clientCAFile, ["root:root"])
}
