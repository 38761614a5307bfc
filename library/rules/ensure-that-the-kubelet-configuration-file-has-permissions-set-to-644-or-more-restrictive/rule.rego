# METADATA
# title: The kubelet's configuration writable by others
# description: Finds nodes where accounts besides root may change the kubelet's configuration file, or where it grants anybody more than reading.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	finding := host_file.too_open(info, info.data.configFile, "644")
}
