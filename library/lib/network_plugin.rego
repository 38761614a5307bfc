# METADATA
# title: Network plugins
# description: The network plugins that a node agent found, and whether one of them enforces network policies.
package holdfast.lib.network_plugin

import rego.v1

# Plugins that connect pods and enforce nothing by themselves.
is_plain(name) if lower(name) in {"aws", "bridge", "flannel"}

# Whether plugins were found on a node, and none of them enforces policies. One that does may run beside one that doesn't.
enforces_nothing(info) if {
	info.kind == "CNIInfo"
	count(info.data.CNINames) > 0
	every name in info.data.CNINames {
		is_plain(name)
	}
}
