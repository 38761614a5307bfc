# METADATA
# title: The controller manager's manifest not owned by root
# description: Finds control plane nodes where the manifest that the controller manager is started from belongs to another account than root.
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
	finding := host_file.wrong_owner(info, info.data.controllerManagerInfo.specsFile, ["root:root"])
}
