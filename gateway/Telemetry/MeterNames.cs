namespace GeminiBalance.Gateway.Telemetry;

/// <summary>The names under which metrics are collected.</summary>
internal static class MeterNames
{
    public const string Gateway = "GeminiBalance.Gateway";
}
