using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Import;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;

return await GatewayStart.RunAsync(args, ClusterSettingsPage.ToMarkdown, args switch
{
    [ImportCommand.Name, .. var options] => () => ImportCommand.RunAsync(options, new ClusterImport(TimeProvider.System), Console.Out),
    _ => async () =>
    {
        await ClusterShape.RunAsync(args);
        return 0;
    },
});
