"""When: weekly times in people's zones, retries. Pure; time is an argument."""
