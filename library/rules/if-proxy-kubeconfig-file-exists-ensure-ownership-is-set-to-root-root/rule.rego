# METADATA
# title: Kube-proxy's credentials not owned by root
# description: Finds nodes where the kubeconfig that kube-proxy was started with belongs to another account than root.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeProxyInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.wrong_owner(info, info.data.kubeConfigFile, ["root:root"])
}
