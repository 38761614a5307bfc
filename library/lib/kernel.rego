# METADATA
# title: Linux kernels of nodes
# description: The settings of a node's kernel, from its LinuxKernelVariables.
package holdfast.lib.kernel

import rego.v1

# What is known of the kernel of a node.
variables_of(node) := [obj |
	some obj in input
	obj.kind == "LinuxKernelVariables"
	obj.metadata.name == node
]

# The value of a variable, without the line's end.
value(variables, name) := trim_space(entry.value) if {
	some entry in variables.data
	entry.key == name
}
