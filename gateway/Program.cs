using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;

return await GatewayStart.RunAsync(args, () => GatewayApplication.Build(args, Standalone.AddTo).OpenStorage().RunAsync());
