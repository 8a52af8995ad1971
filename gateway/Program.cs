using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;

return await GatewayStart.RunAsync(args, SettingsPage.ToMarkdown, () => args is [ImportKeysCommand.Name, .. var options]
    ? ImportKeysCommand.RunAsync(options, Console.In, Console.Out)
    : GatewayApplication.Build(args, Standalone.AddTo).OpenStorage().RunAsync());
