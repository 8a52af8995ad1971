using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;

return await GatewayStart.RunAsync(args, SettingsPage.ToMarkdown, () => GatewayApplication.Build(args, Standalone.AddTo).OpenStorage().RunAsync());
