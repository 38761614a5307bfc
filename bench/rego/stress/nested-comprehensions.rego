# A report by team: for each team its services, for each service the ports that are open to the world.
package stress

teams contains service.team if some service in input.services

result := {team: report |
	some team in teams
	report := {
		"services": [service.name | some service in input.services; service.team == team],
		"open": {name: ports |
			some service in input.services
			service.team == team
			name := service.name
			ports := [port.number | some port in service.ports; port.public]
			count(ports) > 0
		},
		"protocols": {port.protocol | some service in input.services; service.team == team; some port in service.ports},
		"largest": max([count(service.ports) | some service in input.services; service.team == team]),
	}
}
