using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;

return await GatewayStart.RunAsync(args, SettingsPage.ToMarkdown, args switch
{
    [ImportKeysCommand.Name, .. var options] => () => ImportKeysCommand.RunAsync(options, Console.In, Console.Out),
    [ImportCommand.Name, .. var options] => () => ImportCommand.RunAsync(options, new StandaloneImport(), Console.Out),
    _ => async () =>
    {
        await GatewayApplication.Build(args, Standalone.AddTo).OpenStorage().RunAsync();
        return 0;
    },
});
