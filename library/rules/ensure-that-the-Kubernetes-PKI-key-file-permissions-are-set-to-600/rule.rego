# METADATA
# title: The cluster's private keys open to others
# description: Finds control plane nodes where accounts besides root may read or change a private key of the cluster.
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
	some file in info.data.PKIFiles
	endswith(file.path, ".key")
	finding := host_file.too_open(info, file, "600")
}
