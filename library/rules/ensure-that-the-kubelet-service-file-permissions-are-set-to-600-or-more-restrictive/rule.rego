# METADATA
# title: The kubelet's service file open to others
# description: Finds nodes where accounts besides root may read or change a file from which systemd starts the kubelet.
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
	finding := host_file.too_open(info, file, "600")
}
