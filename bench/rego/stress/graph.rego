# What each service reaches through what it calls, and whether it reaches itself.
package stress

calls := {service.name: service.calls | some service in input.services}

result := {name: reached |
	some name, direct in calls
	reached := count(graph.reachable(calls, direct))
}
