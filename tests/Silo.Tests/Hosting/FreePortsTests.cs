using System.Net;
using System.Net.Sockets;
using GeminiBalance.Silo.Hosting;
using GeminiBalance.Silo.Settings;

namespace GeminiBalance.Silo.Tests.Hosting;

public sealed class FreePortsTests
{
    [Fact]
    public void ATakenPort_IsNamedWithItsSetting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = Assert.Throws<StartException>(() => FreePorts.Check(new SiloSettings { SiloPort = port, GatewayPort = port }));

        Assert.Equal(
            [
                $"Port {port} of 127.0.0.1 is taken. Choose another with SILO_PORT, or stop what listens there.",
                $"Port {port} of 127.0.0.1 is taken. Choose another with SILO_GATEWAY_PORT, or stop what listens there.",
            ],
            failure.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void AnAddressOfAnotherMachine_IsNamed()
    {
        // Reserved for documents: no machine has it.
        var failure = Assert.Throws<StartException>(() => FreePorts.Check(new SiloSettings { Address = IPAddress.Parse("203.0.113.1") }));

        Assert.Equal(
            "203.0.113.1 is no address of this machine, so it cannot listen there. Set SILO_ADDRESS to one that other silos and gateways can reach.", failure.Message);
    }
}
