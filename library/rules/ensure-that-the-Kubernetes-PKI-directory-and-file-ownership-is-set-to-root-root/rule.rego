# METADATA
# title: The cluster's certificates and keys not owned by root
# description: Finds control plane nodes where the folder of the cluster's certificates and keys, or a file in it, belongs to another account than root.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
#   layout: kubeadm
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	some file in pki(info)
	finding := host_file.wrong_owner(info, file, ["root:root"])
}

# The folder, and the files in it.
pki(info) := array.concat(
	[folder | folder := info.data.PKIDir],
	[file | some file in info.data.PKIFiles],
)
