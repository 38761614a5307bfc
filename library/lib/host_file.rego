# METADATA
# title: Files of a node
# description: Who may read and change the files of a node, and whom they belong to, as a node agent reports it. These are no objects of the cluster, so that findings have no paths; what to do is a command on the node.
package holdfast.lib.host_file

import rego.v1

# The finding about a file that grants more than the mode "600", written in octal digits as for chmod. Undefined where it grants no more, or where nothing is known.
too_open(info, file, mode) := finding(info, message, command) if {
	bits.and(file.permissions, 511 - octal(mode)) != 0
	message := sprintf("On %s %s has the permissions %o, which is more than %s", [label(info), file.path, file.permissions, mode])
	command := sprintf("chmod %s %s", [mode, file.path])
}

# The finding about a file that belongs to none of the owners, each as "user:group"; the first of them is the one to set. Undefined where the owner is right or unknown.
wrong_owner(info, file, owners) := finding(info, message, command) if {
	current := owner(file.ownership)
	not current in owners
	message := sprintf("On %s %s belongs to %s", [label(info), file.path, current])
	command := sprintf("chown %s %s", [owners[0], file.path])
}

# "root:root". An account without a name on the node is told by its number; where the agent couldn't tell, undefined.
owner(ownership) := sprintf("%s:%s", [
	account(object.get(ownership, "username", null), object.get(ownership, "uid", null)),
	account(object.get(ownership, "groupname", null), object.get(ownership, "gid", null)),
]) if {
	object.get(ownership, "err", "") in {"", null}
}

account(name, id) := name if not name in {"", null}

else := "root" if id == 0

else := sprintf("%d", [id]) if id != null

# The number that three octal digits stand for.
octal(mode) := ((64 * to_number(substring(mode, 0, 1))) + (8 * to_number(substring(mode, 1, 1)))) + to_number(substring(mode, 2, 1))

finding(info, message, command) := {
	"alertMessage": message,
	"alertObject": {"k8sApiObjects": [info]},
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": sprintf("This is a file on the node, not an object of the cluster. On the node: %s", [command]),
}

# "node worker-1", for messages.
label(info) := sprintf("node %v", [name]) if name := info.metadata.name

else := "a node without a name"
