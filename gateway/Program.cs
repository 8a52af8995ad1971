using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;

GatewayCommand[] commands =
[
    new(ImportCommand.Name, ImportCommand.Summary, options => ImportCommand.RunAsync(options, new StandaloneImport(), Console.Out)),
    new(ImportKeysCommand.Name, ImportKeysCommand.Summary, options => ImportKeysCommand.RunAsync(options, Console.In, Console.Out)),
];
return await GatewayStart.RunAsync(args, SettingsPage.ToMarkdown, commands, () => GatewayApplication.Build(args, Standalone.AddTo).OpenStorage().RunAsync());
