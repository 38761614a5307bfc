# METADATA
# title: References to objects
# description: Names an object without its content.
package holdfast.lib.object_reference

import rego.v1

# Its apiVersion, kind, namespace and name.
of(obj) := object.union(object.filter(obj, ["apiVersion", "kind"]), object.filter(object.get(obj, "metadata", {}), ["namespace", "name", "generateName"]))
