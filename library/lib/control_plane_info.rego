# METADATA
# title: Control plane hosts
# description: What a node agent says of the processes and files of a control plane node, in its ControlPlaneInfo.
package holdfast.lib.control_plane_info

import rego.v1

# What is known of the nodes of a control plane. One that runs no API server has nothing to say of it.
nodes := [info |
	some info in input
	info.kind == "ControlPlaneInfo"
]

# A file of the API server in YAML or JSON; undefined where the agent couldn't read it.
api_server_file(info, name) := yaml.unmarshal(base64.decode(info.data.APIServerInfo[name].content))

# Whether the API server was started with a flag, of which nothing else is asked.
has_flag(info, flag) if {
	some word in split(info.data.APIServerInfo.cmdLine, " ")
	split(word, "=")[0] == flag
}

# Whether it is known that the API server was started without it.
lacks_flag(info, flag) if {
	info.data.APIServerInfo.cmdLine != ""
	is_string(info.data.APIServerInfo.cmdLine)
	not has_flag(info, flag)
}

label(info) := object.get(info, ["metadata", "name"], "without a name")
