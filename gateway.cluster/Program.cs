using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Hosting;

return await GatewayStart.RunAsync(args, ClusterSettingsPage.ToMarkdown, () => ClusterShape.RunAsync(args));
