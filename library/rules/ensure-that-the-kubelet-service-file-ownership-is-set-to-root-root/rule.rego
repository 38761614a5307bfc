# METADATA
# title: The kubelet's service file not owned by root
# description: Finds nodes where a file from which systemd starts the kubelet belongs to another account than root.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
#   layout: kubelet-service
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	some file in info.data.serviceFiles
	finding := host_file.wrong_owner(info, file, ["root:root"])
}
