# METADATA
# title: Etcd's data open to others
# description: Finds control plane nodes where accounts besides its owner may enter the folder that holds all of the cluster's data.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.too_open(info, info.data.etcdDataDir, "700")
}
