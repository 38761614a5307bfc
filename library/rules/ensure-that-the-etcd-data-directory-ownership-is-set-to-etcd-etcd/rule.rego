# METADATA
# title: Etcd's data with another owner
# description: Finds control plane nodes where the folder with the cluster's data belongs neither to etcd nor to root, as which kubeadm runs it.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.wrong_owner(info, info.data.etcdDataDir, ["etcd:etcd", "root:root"])
}
