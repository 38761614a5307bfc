# METADATA
# title: The controller manager's credentials open to others
# description: Finds control plane nodes where accounts besides root may read or change controller-manager.conf, which holds the credentials of the controller manager.
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
	finding := host_file.too_open(info, info.data.controllerManagerInfo.configFile, "600")
}
