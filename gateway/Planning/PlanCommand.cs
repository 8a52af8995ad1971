using System.CommandLine;
using System.Globalization;
using System.Text;

namespace GeminiBalance.Gateway.Planning;

/// <summary><c>plan</c>: the sum of a pool's limits, the tasks it carries, and what the cluster for it needs.</summary>
internal static class PlanCommand
{
    public const string Name = "plan";
    private static readonly PlanInput Defaults = new();

    public static int Run(string[] args)
    {
        var keys = Number("--keys", "API keys in the pool.", Defaults.Keys);
        var rpm = Number("--rpm", "Requests per minute of one key and model.", Defaults.RequestsPerMinute);
        var rpd = Number("--rpd", "Requests per day of one key and model; 0 is unlimited.", Defaults.RequestsPerDay, least: 0);
        var calls = Number("--calls-per-task", "Upstream calls one task makes, one after another.", Defaults.CallsPerTask);
        var seconds = Number("--task-seconds", "Seconds one task takes.", Defaults.TaskSeconds);
        var load = Number("--load", "Share of the sustained rate that is asked for.", Defaults.Load);
        var gateways = Number("--gateways", "Gateways.", Defaults.Gateways);
        var silos = Number("--silos", "Silos.", Defaults.Silos);
        var command = new RootCommand("What a pool of keys yields, and what it costs to run.") { keys, rpm, rpd, calls, seconds, load, gateways, silos };
        command.SetAction(parsed => Console.Out.Write(Describe(new CapacityPlan(new PlanInput
        {
            Keys = parsed.GetValue(keys),
            RequestsPerMinute = parsed.GetValue(rpm),
            RequestsPerDay = parsed.GetValue(rpd),
            CallsPerTask = parsed.GetValue(calls),
            TaskSeconds = parsed.GetValue(seconds),
            Load = parsed.GetValue(load),
            Gateways = parsed.GetValue(gateways),
            Silos = parsed.GetValue(silos),
        }))));
        return command.Parse(args).Invoke();
    }

    public static string Describe(CapacityPlan plan)
    {
        var input = plan.Input;
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name,-34}{value}{Environment.NewLine}");
        Line("keys x requests per minute", $"{Count(input.Keys)} x {Count(input.RequestsPerMinute)} = {Count(plan.TotalPerMinute)} per minute");
        Line("sustained", $"{Count(plan.SustainedPerSecond)} calls/s, {Count(plan.TasksPerSecond)} tasks/s");
        Line("tasks at once, kept up all day", Count(plan.SustainedConcurrency));
        Line("tasks at once, from fresh keys", Count(plan.BurstConcurrency));
        Line("the day's requests last", plan.HoursAtFullRate is { } hours ? $"{Count(hours)} h at the full rate" : "all day");
        Line("messages to grains", $"{Count(plan.MessagesPerSecond)}/s, {Count(plan.SiloCores)} silo cores");
        Line("memory", $"{Size(plan.SiloBytes)} in each of {Count(input.Silos)} silos, {Size(plan.GatewayBytes)} in each of {Count(input.Gateways)} gateways");
        Line("MySQL", $"{Count(plan.LedgerRowsPerSecond)} ledger rows/s in {Count(plan.StatementsPerSecond)} statements/s");
        return text.ToString();
    }

    private static Option<T> Number<T>(string name, string meaning, T byDefault, double least = double.Epsilon)
    {
        var option = new Option<T>(name) { Description = meaning, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var typed] && double.TryParse(typed.Value, CultureInfo.InvariantCulture, out var value) && value < least)
            {
                result.AddError($"{name} must be {(least <= 0 ? "0 or more" : "more than 0")}.");
            }
        });
        return option;
    }

    private static string Count(double value) => value.ToString(value < 10 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);

    private static string Size(double bytes) => bytes >= 1e9 ? $"{Count(bytes / 1e9)} GB" : $"{Count(bytes / 1e6)} MB";
}
