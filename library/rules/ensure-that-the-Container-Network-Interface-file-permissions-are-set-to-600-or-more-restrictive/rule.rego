# METADATA
# title: Network configuration open to others
# description: Finds nodes where accounts besides root may read or change the configuration of the container network.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/CNIInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	some file in info.data.CNIConfigFiles
	finding := host_file.too_open(info, file, "600")
}
