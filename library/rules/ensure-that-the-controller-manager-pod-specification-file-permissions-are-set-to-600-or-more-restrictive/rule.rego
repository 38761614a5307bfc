# METADATA
# title: The controller manager's manifest open to others
# description: Finds control plane nodes where accounts besides root may read or change the manifest that the controller manager is started from.
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
	finding := host_file.too_open(info, info.data.controllerManagerInfo.specsFile, "600")
}
