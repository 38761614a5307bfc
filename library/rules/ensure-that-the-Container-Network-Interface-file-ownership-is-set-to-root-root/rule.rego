# METADATA
# title: Network configuration not owned by root
# description: Finds nodes where the configuration of the container network belongs to another account than root.
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
	finding := host_file.wrong_owner(info, file, ["root:root"])
}
