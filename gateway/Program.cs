using GeminiBalance.Gateway;

await GatewayApplication.Build(args).RunAsync();
